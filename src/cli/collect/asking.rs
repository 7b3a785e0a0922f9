//! Asks an account everything, several calls at a time, and puts the answers in order.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::aws::{Aws, Failure};
use super::calls::{CALLS, Call, Each, Of, Within};
use super::secrets;

/// Calls that run at a time. Chosen: below the rates at which EC2 begins to throttle.
const AT_A_TIME: usize = 8;

/// A call with its place and its object.
#[derive(Clone)]
struct Task {
    call: &'static Call,
    region: String,
    /// What it asks about, as the reader takes it: a cluster's name, `cluster--nodegroup`, an ARN.
    of: String,
    arguments: Vec<String>,
}

/// A task and what came of it.
pub struct Answer {
    task: Task,
    pub outcome: Result<Value, String>,
}

/// What to ask for.
pub struct Wish {
    pub aws: Aws,
    pub regions: Vec<String>,
    /// Only this cluster and its network.
    pub cluster: Option<String>,
}

/// All answers, in an order that does not depend on which came first; an error where there is no AWS CLI.
pub fn ask(wish: &Wish) -> Result<Vec<Answer>, Failure> {
    let mut answers: Vec<Answer> = Vec::new();
    let mut worlds: BTreeMap<String, World> = BTreeMap::new();
    if let Some(cluster) = &wish.cluster {
        for region in &wish.regions {
            let described = Task::describe(cluster, region);
            let found = run(wish, vec![described])?;
            let vpc = found.iter().find_map(|answer| {
                answer.outcome.as_ref().ok()?.pointer("/cluster/resourcesVpcConfig/vpcId")?.as_str().map(str::to_string)
            });
            worlds.insert(region.clone(), World { vpc, mentions: BTreeSet::new() });
        }
    }
    let regions = wish.regions.iter().filter(|region| worlds.get(*region).is_none_or(|world| world.vpc.is_some()));
    let regions: Vec<String> = regions.cloned().collect();
    let mut tasks: Vec<Task> = Vec::new();
    for region in &regions {
        let once = CALLS.iter().filter(|call| matches!(call.of, Of::Region));
        tasks.extend(once.map(|call| Task::once(call, region, worlds.get(region))));
    }
    while !tasks.is_empty() {
        let mut round = run(wish, tasks)?;
        for answer in &mut round {
            narrow(answer, wish, &mut worlds);
        }
        for answer in &mut round {
            leave_out(answer, &worlds);
        }
        tasks = round.iter().flat_map(following).collect();
        answers.append(&mut round);
    }
    answers.sort_by(|a, b| a.key().cmp(&b.key()));
    Ok(answers)
}

/// The part of a region that belongs to one cluster.
struct World {
    vpc: Option<String>,
    /// The ids of the VPC and its subnets.
    mentions: BTreeSet<String>,
}

impl Task {
    fn once(call: &'static Call, region: &str, world: Option<&World>) -> Task {
        let mut arguments = Task::of_call(call);
        if let (Within::Filter(argument, name), Some(vpc)) = (call.within, world.and_then(|world| world.vpc.as_ref())) {
            arguments.extend([argument.to_string(), format!("Name={name},Values={vpc}")]);
        }
        Task { call, region: region.to_string(), of: String::new(), arguments }
    }

    /// Asks for one cluster, to learn where it stands.
    fn describe(cluster: &str, region: &str) -> Task {
        let is_it = |call: &&Call| call.operation == "describe-cluster";
        let call = CALLS.iter().find(is_it).expect("clusters are among what is asked for");
        let arguments = [Task::of_call(call), vec!["--name".to_string(), cluster.to_string()]].concat();
        Task { call, region: region.to_string(), of: cluster.to_string(), arguments }
    }

    fn of_call(call: &Call) -> Vec<String> {
        [call.service, call.operation].iter().chain(call.arguments).map(|word| word.to_string()).collect()
    }
}

impl Answer {
    fn key(&self) -> (&str, &str, &str, &str, &[String]) {
        let task = &self.task;
        (&task.region, task.call.service, task.call.operation, &task.of, &task.arguments)
    }

    /// `ec2 describe-vpcs`, and of what.
    pub fn command(&self) -> String {
        let command = self.task.call.command();
        if self.task.of.is_empty() { command } else { format!("{command} of {}", self.task.of) }
    }

    /// As the snapshot has it.
    pub fn to_json(&self) -> Value {
        let task = &self.task;
        let mut call = json!({"service": task.call.service, "operation": task.call.operation, "region": task.region});
        if !task.of.is_empty() {
            call["of"] = json!(task.of);
        }
        match &self.outcome {
            Ok(output) => call["output"] = output.clone(),
            Err(why) => call["error"] = json!(why),
        }
        call
    }
}

/// Runs tasks, several at a time.
fn run(wish: &Wish, tasks: Vec<Task>) -> Result<Vec<Answer>, Failure> {
    let total = tasks.len();
    let waiting = Mutex::new(VecDeque::from(tasks));
    let answers: Mutex<Vec<Answer>> = Mutex::new(Vec::with_capacity(total));
    let is_missing = Mutex::new(false);
    let done = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME.min(total) {
            scope.spawn(|| {
                while let Some(task) = waiting.lock().ok().and_then(|mut waiting| waiting.pop_front()) {
                    let outcome = match wish.aws.ask(&task.arguments, Some(&task.region)) {
                        Ok(mut answer) => {
                            secrets::remove(&mut answer);
                            Ok(answer)
                        }
                        Err(Failure::Refused(why)) => Err(why),
                        Err(Failure::Missing) => {
                            if let Ok(mut missing) = is_missing.lock() {
                                *missing = true;
                            }
                            return;
                        }
                    };
                    if let Ok(mut answers) = answers.lock() {
                        answers.push(Answer { task, outcome });
                    }
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
                }
            });
        }
    });
    if is_missing.into_inner().unwrap_or(true) {
        return Err(Failure::Missing);
    }
    Ok(answers.into_inner().unwrap_or_default())
}

/// Says how far it is, to somebody who looks.
fn progress(done: usize, total: usize) {
    let mut to = std::io::stderr().lock();
    if to.is_terminal() {
        // A line that the next one overwrites; nothing depends on it.
        let _ = write!(to, "\r{done} of {total} calls ").and_then(|()| to.flush());
        if done == total {
            let _ = write!(to, "\r\x1b[K").and_then(|()| to.flush());
        }
    }
}

/// Leaves of an answer only what belongs to the cluster, and learns from it what does.
fn narrow(answer: &mut Answer, wish: &Wish, worlds: &mut BTreeMap<String, World>) {
    let (Some(cluster), Ok(output)) = (&wish.cluster, &mut answer.outcome) else { return };
    if answer.task.call.command() == "eks list-clusters" {
        *output = json!({"clusters": [cluster]});
    }
    let Some(world) = worlds.get_mut(&answer.task.region) else { return };
    for (list, field) in [("Vpcs", "VpcId"), ("Subnets", "SubnetId")] {
        let items = output.get(list).and_then(Value::as_array).into_iter().flatten();
        world.mentions.extend(items.filter_map(|item| item.get(field)?.as_str().map(str::to_string)));
    }
}

/// Items of calls without a filter that mention nothing of the cluster's network.
fn leave_out(answer: &mut Answer, worlds: &BTreeMap<String, World>) {
    let (Within::Mention, Some(world), Ok(Value::Object(output))) =
        (answer.task.call.within, worlds.get(&answer.task.region), &mut answer.outcome)
    else {
        return;
    };
    for items in output.values_mut().filter_map(Value::as_array_mut) {
        items.retain(|item| {
            let text = item.to_string();
            world.mentions.iter().any(|id| text.contains(id.as_str()))
        });
    }
}

/// The calls that need this answer: one for each thing that it lists.
fn following(answer: &Answer) -> Vec<Task> {
    let Ok(output) = &answer.outcome else { return Vec::new() };
    let command = answer.task.call.command();
    let mut tasks = Vec::new();
    for call in CALLS {
        let Of::Each(each) = &call.of else { continue };
        if each.parent != command {
            continue;
        }
        let items = output.get(each.list).and_then(Value::as_array).into_iter().flatten();
        let names =
            items.filter_map(|item| if each.field.is_empty() { item.as_str() } else { item.get(each.field)?.as_str() });
        tasks.extend(names.map(|name| about(call, each, name, &answer.task)));
    }
    tasks
}

fn about(call: &'static Call, each: &Each, name: &str, parent: &Task) -> Task {
    let mut arguments = Task::of_call(call);
    let mut of = name.to_string();
    if let Some(argument) = each.of_parent {
        arguments.extend([argument.to_string(), parent.of.clone()]);
        of = format!("{}--{name}", parent.of);
    }
    arguments.extend([each.argument.to_string(), name.to_string()]);
    Task { call, region: parent.region.clone(), of, arguments }
}
