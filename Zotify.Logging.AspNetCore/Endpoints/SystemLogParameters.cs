using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>The filters of requests to the system log.</summary>
internal static class SystemLogParameters
{
    /// <summary>The filters, all but the times.</summary>
    public static readonly QueryParameter[] Filters =
    [
        QueryParameter.OneOf("level", "The lowest level.", QueryReader.LevelNames),
        QueryParameter.Texts("category", "The beginning of the category"),
        QueryParameter.Texts("trace_id", "The trace"),
        QueryParameter.Texts("job_id", "The job; only lines in JSON have one"),
        QueryParameter.Texts("instance", "The instance that wrote it; a line of text is of the instance whose directory is read"),
        SearchParameter.Of(
            "message, exception, event, category and trace, of a line of text as they are in the file, and of a line in JSON also job, "
            + "properties and scope"),
        QueryParameter.ExcludedOf("level", "Not this level", QueryReader.LevelNames),
        QueryParameter.Excluded("category", "Not this beginning of the category"),
        QueryParameter.Excluded("trace_id", "Not this trace; a line without a trace stays"),
        QueryParameter.Excluded("job_id", "Not this job; a line without a job stays"),
        QueryParameter.Excluded("instance", "Not this instance"),
        SourcesParameter.Description,
    ];

    /// <summary>Reads <see cref="Filters"/>.</summary>
    public static SystemLogQuery Read(QueryReader reader) => new()
    {
        MinimumLevel = reader.Level("level") ?? LogLevel.Trace,
        Categories = reader.Texts("category"),
        TraceIds = reader.Texts("trace_id"),
        JobIds = reader.Texts("job_id"),
        Instances = reader.Texts("instance"),
        Text = reader.Text(SearchParameter.Name),
        ExcludedLevels = reader.Levels("level.not"),
        ExcludedCategories = reader.Texts("category.not"),
        ExcludedTraceIds = reader.Texts("trace_id.not"),
        ExcludedJobIds = reader.Texts("job_id.not"),
        ExcludedInstances = reader.Texts("instance.not"),
        IsRelayed = SourcesParameter.IsOwn(reader),
    };
}
