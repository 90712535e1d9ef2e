//! `zhidian init`: a new dossier.

use crate::{
    arguments::Init,
    outcome::{Exit, Failure},
    talk::Talk,
};

pub(crate) fn run(command: &Init, talk: &Talk) -> Result<Exit, Failure> {
    let title = command.title.as_deref().unwrap_or(&command.name);
    let dir = command.at.join(&command.name);
    zhidian_dossier::init(&dir, &command.name, command.region, title).map_err(|error| {
        Failure::usage(format!("无法新建资料夹：{error}"), format!("failed to make the dossier: {error}"))
    })?;
    let shown = dir.display();
    talk.say(
        &format!("已建好 {shown}：把文稿放进 documents/，在表中填数，再运行 zhidian check {shown}"),
        &format!(
            "made {shown}: put documents into documents/, fill the tables, then run zhidian check {shown}"
        ),
    );
    Ok(Exit::Ok)
}
