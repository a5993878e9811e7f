using PersonalAi.Assistant.Configuration;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Writes the session to a file.</summary>
internal sealed class SaveCommand(SessionExport export) : SlashCommand("save", "FILE", "Write this session to a Markdown file")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        if (argument.Length == 0)
        {
            throw new UsageException("'/save' needs the name of a file.");
        }

        var session = face.Chat.Session ?? throw new UsageException("There is nothing to save yet.");
        ExportPlace.RefuseWrong(argument);
        if (File.Exists(argument))
        {
            throw new UsageException($"'{argument}' exists already: choose another name.");
        }

        await AtomicFile.WriteAsync(argument, writer => export.WriteMarkdownAsync(session, writer, cancellationToken));
        face.Say($"Saved to {Path.GetFullPath(argument)}");
    }
}
