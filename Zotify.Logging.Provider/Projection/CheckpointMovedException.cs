namespace Zotify.Logging.Projection;

/// <summary>Thrown where another process has moved a journal's checkpoint. Its transaction is rolled back.</summary>
internal sealed class CheckpointMovedException() : Exception("Another process has projected these lines.");
