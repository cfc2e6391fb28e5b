namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>A target that gets a handler's journal. Its numbers count from the start of the process.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Behind">Records on the disk that it does not have yet.</param>
/// <param name="Sent">Records that it took.</param>
/// <param name="Rejected">Records that it refused.</param>
/// <param name="Error">Why it gets nothing at the moment; <c>null</c> while it does.</param>
/// <param name="ErrorKind"><c>permanent</c> if the error lasts until somebody acts, <c>temporary</c> if it may pass by itself;
/// <c>null</c> without an error.</param>
internal sealed record TargetAnswer(string Name, long Behind, long Sent, long Rejected, string? Error, string? ErrorKind)
{
    /// <summary>Creates the answer for a target.</summary>
    public static TargetAnswer Of(TargetStatus target) => new(
        target.Name,
        target.Behind,
        target.Sent,
        target.Rejected,
        target.Failure,
        target.Failure is null ? null : target.FailureIsPermanent ? "permanent" : "temporary");
}
