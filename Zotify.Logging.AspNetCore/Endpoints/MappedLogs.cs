namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>
/// The parts that the application has mapped, for <see cref="StartupCheck"/>. Set on one thread, while the application is set up.
/// </summary>
internal sealed class MappedLogs
{
    /// <summary>Whether it has the endpoints.</summary>
    public bool HasEndpoints { get; set; }

    /// <summary>Whether it has the page.</summary>
    public bool HasPage { get; set; }

    /// <summary>Returns the object of an application.</summary>
    /// <param name="app">The application, or a group of it.</param>
    /// <param name="method">The method that is called, for the message.</param>
    /// <exception cref="InvalidOperationException"><c>AddZotifyLogs</c> was not called.</exception>
    public static MappedLogs Of(IEndpointRouteBuilder app, string method) => app.ServiceProvider.GetService<MappedLogs>()
        ?? throw new InvalidOperationException($"{method}: call builder.AddZotifyLogs() before the application is built.");
}
