using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Cycles;

/// <summary>Something that a watcher of a cycle is told.</summary>
internal abstract record CycleNews;

/// <summary>A step began or ended.</summary>
internal sealed record StepNews(V1.StepUpdate Update) : CycleNews;

/// <summary>A long request of an attempt goes on.</summary>
internal sealed record ProgressNews(V1.ProgressUpdate Update) : CycleNews;

/// <summary>An execution changed; the watcher reads it from the store when its turn comes, so that it is never older than the
/// news.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="IsEnd">Whether its attempt ended. News of a beginning that is read after the end are left out: the end's own news follow
/// the steps.</param>
internal sealed record ExecutionNews(string ExecutionId, bool IsEnd = true) : CycleNews;

/// <summary>The cycle ended.</summary>
internal sealed record EndedNews : CycleNews;

/// <summary>News were dropped: the watcher needs a new snapshot.</summary>
internal sealed record ResyncNews : CycleNews;
