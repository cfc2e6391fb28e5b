namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>A server of a stream of events with many subscribers.</summary>
internal interface IEventServer : IAsyncDisposable
{
    /// <summary>Starts the server; returns the address of the stream.</summary>
    Task<Uri> StartAsync(string folder);

    /// <summary>Sends an event with this message.</summary>
    void Send(string message);
}
