using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// An application whose answers wait for the disk, configured by its arguments. It prints its address. <c>POST /orders/{text}</c> logs an
/// audit event with the text and answers <c>accepted</c>. It ends when its input ends.
/// </summary>
internal sealed class FlushedWeb : IChild
{
    public async Task<int> RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddZotify();
        await using var app = builder.Build();
        app.UseZotifyFlush();
        app.MapPost("/orders/{text}", (string text, ILogger<FlushedWeb> logger) =>
        {
            logger.LogInformation(new EventId(1001, "user.order"), "{text}", text);
            return Results.Text("accepted");
        });
        await app.StartAsync();
        Console.Out.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }
}
