# The program alone, static, in an empty image:
#   docker build -t eksdiagram .
#   docker run --rm -v "$PWD:/work" --user "$(id -u):$(id -g)" eksdiagram template.yaml -o arch.svg
FROM rust:1-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends binutils gcc libc6-dev make git
COPY . /source
RUN cd /source && packaging/build.sh /dist

FROM scratch
COPY --from=build /dist/eksdiagram /eksdiagram
COPY --from=build /dist/LICENSE-APACHE /dist/LICENSE-MIT /dist/OFL.txt /licences/
WORKDIR /work
ENTRYPOINT ["/eksdiagram"]
