namespace Zotify.Logging.Instances;

/// <summary>Why a running job is stalled.</summary>
internal static class StalledReason
{
    /// <summary>Its instance has not been seen for 30 seconds.</summary>
    public const string InstanceGone = "instance_gone";

    /// <summary>It logged nothing for the <c>SilentAfter</c> of its type.</summary>
    public const string Silent = "silent";
}
