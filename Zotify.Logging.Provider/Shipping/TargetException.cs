namespace Zotify.Logging.Shipping;

/// <summary>A target does not have the lines for certain.</summary>
/// <param name="message">Why.</param>
/// <param name="fault">What that means.</param>
/// <param name="retryAfter">How long the target wants to be left alone, if it said so.</param>
/// <param name="cause">What happened.</param>
internal sealed class TargetException(string message, TargetFault fault, TimeSpan? retryAfter = null, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>What the failure means.</summary>
    public TargetFault Fault => fault;

    /// <summary>How long the target wants to be left alone, if it said so.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}
