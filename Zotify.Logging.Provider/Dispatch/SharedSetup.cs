using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Dispatch;

/// <summary>What a service asks of its log directory. The service that opens the directory first decides.</summary>
/// <param name="Path">The absolute path of the directory.</param>
/// <param name="Instance">The name of the writer.</param>
/// <param name="Options">The options that the service started with.</param>
/// <param name="MakeStage">Makes what the handlers write into. Needs no container any more, and opens nothing.</param>
/// <param name="Time">The clock of the handlers.</param>
/// <param name="Diagnostics">Where the service reports.</param>
internal sealed record SharedSetup(
    string Path,
    string Instance,
    ZotifyLoggingOptions Options,
    Func<ISharedStage> MakeStage,
    TimeProvider Time,
    SelfDiagnostics Diagnostics);
