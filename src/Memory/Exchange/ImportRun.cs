using PersonalAi.Memory.Documents.Reading;
using PersonalAi.Memory.Documents.Reading.Organiser;
using PersonalAi.Memory.Exchange.Conversations;
using PersonalAi.Memory.Exchange.Organiser;

namespace PersonalAi.Memory.Exchange;

/// <summary>One import of one or more files: what is read as facts is gathered, so that it is one change in the end.</summary>
internal sealed class ImportRun(MemoryDatabase database, TimeProvider time, ImportOptions options)
{
    private readonly ConversationFiles _conversations = new(new ConversationImport(database, time, options), options);
    private readonly DocumentImport _documents = new(database, time, options);
    private readonly CalendarFacts _calendar = new(time.LocalTimeZone);
    private readonly List<ImportedFact> _facts = [];

    /// <summary>Imports a file; its facts wait for <see cref="StoreFactsAsync"/>.</summary>
    /// <exception cref="MemoryException">It cannot be read, or nothing can be stored.</exception>
    public async Task<ImportReport> ReadAsync(ImportedFile file, Stream stream, CancellationToken cancellationToken = default) => file.Format switch
    {
        ImportFormat.Pai => await new StoreImport(database, time, options).ImportAsync(file.Name, stream, cancellationToken),
        ImportFormat.ChatGpt or ImportFormat.Claude => await _conversations.ImportAsync(file.Name, stream, cancellationToken),
        ImportFormat.Markdown => await _documents.ImportNoteAsync(file, await stream.ReadWholeAsync(file.Name, cancellationToken), cancellationToken),
        ImportFormat.Mbox => await _documents.ImportMailAsync(file, stream, cancellationToken),
        ImportFormat.Ics => ReadCalendar(file.Name, await stream.ReadWholeAsync(file.Name, cancellationToken)),
        ImportFormat.Vcard => ReadContacts(file.Name, await stream.ReadWholeAsync(file.Name, cancellationToken)),
        _ => throw Unreadable.Because(file.Name, "its name does not say what it is; give --as"),
    };

    /// <summary>Stores the facts of all files as one change.</summary>
    public async Task<ImportReport> StoreFactsAsync(CancellationToken cancellationToken = default) =>
        _facts.Count > 0 ? await new FactImport(database, time, options).StoreAsync(_facts, cancellationToken) : new();

    private ImportReport ReadCalendar(string name, ReadOnlyMemory<byte> content)
    {
        var report = new ImportReport();
        foreach (var item in Calendar.Read(name, content))
        {
            if (_calendar.Of(item) is { } fact)
            {
                _facts.Add(fact);
            }
            else
            {
                report = report.With(ImportReport.Skip($"{name}, {item.Summary ?? (item.Uid.Length > 0 ? item.Uid : "an entry")}", item.Status == "CANCELLED" ? "it was cancelled" : "it has no words"));
            }
        }

        return report;
    }

    private ImportReport ReadContacts(string name, ReadOnlyMemory<byte> content)
    {
        var report = new ImportReport();
        foreach (var contact in Contacts.Read(name, content))
        {
            var before = _facts.Count;
            _facts.AddRange(ContactFacts.Of(contact));
            report = _facts.Count > before ? report : report.With(ImportReport.Skip($"{name}, {contact.Name}", "nothing but the name is known"));
        }

        return report;
    }
}
