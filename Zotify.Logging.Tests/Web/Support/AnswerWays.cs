using System.Text;
using Microsoft.AspNetCore.Http;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>The ways to answer a request, by name.</summary>
internal static class AnswerWays
{
    public static readonly IReadOnlyDictionary<string, RequestDelegate> All = new Dictionary<string, RequestDelegate>
    {
        ["result"] = context => TypedResults.Json(new { said = "accepted" }).ExecuteAsync(context),
        ["writer"] = async context =>
        {
            await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes("accepted"));
            await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(" again"));
        },
        ["unflushed"] = context =>
        {
            Encoding.UTF8.GetBytes("accepted", context.Response.BodyWriter);
            return Task.CompletedTask;
        },
        ["stream"] = async context =>
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("accepted"));
            await context.Response.Body.FlushAsync();
        },
        ["large"] = context => context.Response.WriteAsync(new string('x', 1_000_000) + "accepted"),
        ["file"] = context => context.Response.SendFileAsync(typeof(AnswerWays).Assembly.Location),
        ["started"] = async context =>
        {
            await context.Response.StartAsync();
            await context.Response.WriteAsync("accepted");
        },
        ["completed"] = async context =>
        {
            await context.Response.WriteAsync("accepted");
            await context.Response.CompleteAsync();
        },
        ["empty"] = context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        },
    };
}
