using System.Collections.Frozen;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Has another site of the simulated Service Provider serve: failover and failback.</summary>
public sealed class SiteStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "service-site";

    /// <summary>The words for the sites.</summary>
    public static IReadOnlyDictionary<string, ServiceSite> Sites { get; } =
        Enum.GetValues<ServiceSite>().ToFrozenDictionary(site => site.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>The site that serves from then on.</summary>
    public required ServiceSite Site { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [];

    /// <inheritdoc/>
    public override ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (context.Bench.Sites is not { } sites)
        {
            return ValueTask.FromResult(new StepReport(Symptom.PreconditionUnmet, "the service of the bench has no second site"));
        }

        sites.MoveTo(Site);
        return ValueTask.FromResult(StepReport.Done);
    }
}
