namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>A handler's queue.</summary>
/// <param name="Length">Records that wait.</param>
/// <param name="Capacity">The most records that may wait.</param>
/// <param name="Bytes">Bytes, by estimate, of the records that wait or are being written.</param>
/// <param name="CapacityBytes">The most bytes that these may have.</param>
internal sealed record QueueAnswer(int Length, int Capacity, long Bytes, long CapacityBytes);
