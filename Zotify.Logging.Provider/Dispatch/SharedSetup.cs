using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Dispatch;

/// <summary>A service's setup of its log directory. The service that opens the directory first decides.</summary>
/// <param name="Path">The absolute path of the directory.</param>
/// <param name="Instance">The name of the writer.</param>
/// <param name="Options">The options that the service started with.</param>
/// <param name="FindTargets">
/// Names the systems outside of this process that the service sends its journals to. Needs no container, and connects to nothing.
/// </param>
/// <param name="MakeStage">Creates the resources that the handlers write with. Needs no container, and opens nothing.</param>
/// <param name="Time">The clock of the handlers.</param>
/// <param name="Diagnostics">The channel for the service's reports.</param>
internal sealed record SharedSetup(
    string Path,
    string Instance,
    ZotifyLoggingOptions Options,
    Func<IReadOnlyList<string>> FindTargets,
    Func<ISharedStage> MakeStage,
    TimeProvider Time,
    SelfDiagnostics Diagnostics);
