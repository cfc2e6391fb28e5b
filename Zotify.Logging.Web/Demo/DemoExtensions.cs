using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Zotify.Logging.Web.Demo;

/// <summary>Adds the sample work, if it is enabled.</summary>
internal static class DemoExtensions
{
    /// <summary>Adds its services.</summary>
    public static void AddDemo(this WebApplicationBuilder builder, DemoOptions options)
    {
        if (!options.IsEnabledIn(builder.Environment)) return;
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<DemoSettings>();
        builder.Services.AddSingleton<DemoTrail>();
        builder.Services.AddSingleton<LibrarySync>();
        builder.Services.AddSingleton<SyncQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SyncQueue>());
    }
}
