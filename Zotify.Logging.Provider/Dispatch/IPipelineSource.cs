using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>Where a service's handler gets its pipeline from. Thread-safe.</summary>
internal interface IPipelineSource
{
    /// <summary>Whether metrics count the pipeline here. One that several services share is counted once.</summary>
    bool IsMeasured { get; }

    /// <summary>Opens the pipeline, or returns the open one. <see langword="null"/> where nothing is opened any more.</summary>
    HandlerPipeline? Open();

    /// <summary>The open pipeline, whoever opened it; <see langword="null"/> where there is none.</summary>
    HandlerPipeline? Find();

    /// <summary>A pipeline that is never started, which can only refuse records.</summary>
    HandlerPipeline Unopened();

    /// <summary>Applies the handler's changed options.</summary>
    void Change(LogHandlerOptions options);
}
