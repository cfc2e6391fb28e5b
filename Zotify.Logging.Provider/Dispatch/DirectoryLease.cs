using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>One service's use of a <see cref="SharedDirectory"/>. That directory's lock guards it.</summary>
/// <param name="directory">The directory.</param>
/// <param name="setup">The service's setup of the directory.</param>
/// <param name="isLate">Whether the service was disposed before.</param>
internal sealed class DirectoryLease(SharedDirectory directory, SharedSetup setup, bool isLate)
{
    /// <summary>The directory.</summary>
    public SharedDirectory Directory { get; } = directory;

    /// <summary>The service's setup of the directory.</summary>
    public SharedSetup Setup { get; } = setup;

    /// <summary>Whether the service was already disposed: it only writes its last records.</summary>
    public bool IsLate { get; } = isLate;

    /// <summary>Whether the service belongs to a host that was started. The directory closes with the last of these.</summary>
    public bool IsHost { get; set; }

    /// <summary>How long the service's disposal may take.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = setup.Options.ShutdownTimeout;

    /// <summary>The service's options for the handlers that it uses.</summary>
    public Dictionary<string, LogHandlerOptions> Options { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reports the service's values that do not apply, because the directory is open with others.</summary>
    /// <param name="source">What they belong to: the configuration, or a handler.</param>
    /// <param name="first">The setup of the service that opened the directory.</param>
    /// <param name="find">Finds their keys.</param>
    public void ReportDifferences(string source, SharedSetup first, Func<IReadOnlyList<string>> find)
    {
        // A report blocks after the end, where a late call must not.
        if (IsLate || find() is not { Count: > 0 } keys) return;
        Setup.Diagnostics.Report(
            source,
            FailureKind.Permanent,
            $"'{first.Path}' is already open in this process, with the values of '{first.Instance}'; other values do not apply: "
            + string.Join(", ", keys));
    }

    /// <summary>
    /// Reports the service's targets that get nothing, because the directory is open without them. A source of its own, so that rate
    /// limiting does not hold it back.
    /// </summary>
    /// <param name="first">The setup of the service that opened the directory.</param>
    public void ReportTargets(SharedSetup first)
    {
        if (IsLate) return;
        string[] targets = [.. Setup.FindTargets().Except(first.FindTargets(), StringComparer.Ordinal)];
        if (targets.Length == 0) return;
        Setup.Diagnostics.Report(
            "targets",
            FailureKind.Permanent,
            $"'{first.Path}' is already open in this process, by '{first.Instance}' and without these targets, which get nothing: "
            + $"{string.Join(", ", targets)}; configure them where the directory is opened first, such as a bootstrap logger factory, "
            + "or dispose that factory before the host starts");
    }
}
