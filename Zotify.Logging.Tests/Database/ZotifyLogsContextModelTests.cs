using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Zotify.Logging.Projection;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary>The context that applications read by, without a server.</summary>
[TestClass]
public sealed class ZotifyLogsContextModelTests : StoreContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    public void The_model_of_an_application_is_the_one_that_the_migrations_come_from()
    {
        using var services = new ServiceCollection()
            .AddDbContext<ZotifyLogsContext>(options => options.UseSqlServer("Server=nowhere;Database=zotify")).BuildServiceProvider();
        using var scope = services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<ZotifyLogsContext>();

        Assert.IsFalse(context.Database.HasPendingModelChanges());
        using var own = new SqlServerDesignTimeFactory().CreateDbContext([]);
        Assert.AreEqual(own.GetService<Microsoft.EntityFrameworkCore.Metadata.IDesignTimeModel>().Model.ToDebugString(),
            context.GetService<Microsoft.EntityFrameworkCore.Metadata.IDesignTimeModel>().Model.ToDebugString());
    }

    [TestMethod]
    public async Task Saving_throws_and_nothing_is_tracked()
    {
        Journal.Append(Lines.Job());
        await ProjectAsync(new JobProjection());
        await using var context = Store.NewContext();
        var job = await context.Jobs.SingleAsync(Cancellation);
        job.Status = "failed";

        Assert.IsEmpty(context.ChangeTracker.Entries());
        Assert.ThrowsExactly<NotSupportedException>(() => context.SaveChanges());
        await Assert.ThrowsExactlyAsync<NotSupportedException>(() => context.SaveChangesAsync(Cancellation));
    }
}
