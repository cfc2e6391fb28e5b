using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>Provides the pipeline for a service's handler. Thread-safe.</summary>
internal interface IPipelineSource
{
    /// <summary>Whether the metrics count the pipeline for this service. A pipeline that several services share is counted once.</summary>
    bool IsMeasured { get; }

    /// <summary>Opens the pipeline, or returns the open one; <see langword="null"/> if nothing is opened any more.</summary>
    HandlerPipeline? Open();

    /// <summary>The open pipeline, from any service; <see langword="null"/> where there is none.</summary>
    HandlerPipeline? Find();

    /// <summary>Returns a pipeline that is never started and can only refuse records.</summary>
    HandlerPipeline Unopened();

    /// <summary>Applies the handler's changed options.</summary>
    void Change(LogHandlerOptions options);
}
