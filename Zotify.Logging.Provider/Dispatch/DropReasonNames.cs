using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>The names of the reasons in metrics, health and the system log.</summary>
internal static class DropReasonNames
{
    /// <summary>All reasons.</summary>
    public static IReadOnlyList<DropReason> All { get; } = Enum.GetValues<DropReason>();

    /// <summary>The name of a reason, <c>queue_full</c>.</summary>
    public static string Of(DropReason reason) => reason switch
    {
        DropReason.QueueFull => "queue_full",
        DropReason.HandlerFailed => "handler_failed",
        DropReason.AlreadyShutdown => "already_shutdown",
        DropReason.Feedback => "feedback",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>Counts by reason as text: <c>queue_full 3, handler_failed 1</c>.</summary>
    public static string Describe(IEnumerable<KeyValuePair<DropReason, long>> dropped) =>
        string.Join(", ", dropped.Select(count => FormattableString.Invariant($"{Of(count.Key)} {count.Value}")));
}
