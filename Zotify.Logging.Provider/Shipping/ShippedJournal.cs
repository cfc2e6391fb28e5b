using Zotify.Logging.Diagnostics;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Shipping;

/// <summary>A journal of this process, as a target sees it. Immutable, thread-safe.</summary>
/// <param name="Handler">The name of the handler that writes it.</param>
/// <param name="Instance">The name of the writer.</param>
/// <param name="Journal">The journal.</param>
/// <param name="Directory">The absolute path of the log directory.</param>
/// <param name="Path">The absolute path of its active segment.</param>
/// <param name="Append">Appends a record of the target's own. Throws <see cref="IOException"/> where the journal does not take it.</param>
/// <param name="Report">Reports failures.</param>
internal sealed record ShippedJournal(
    string Handler,
    string Instance,
    IJournal Journal,
    string Directory,
    string Path,
    Action<LogRecord> Append,
    Action<FailureKind, string, Exception?> Report);
