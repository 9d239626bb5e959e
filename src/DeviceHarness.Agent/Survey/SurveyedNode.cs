using DeviceHarness.Drivers.Han;

namespace DeviceHarness.Agent.Survey;

/// <summary>A node of a home area network as a survey saw it.</summary>
/// <param name="Node">What it told of itself by the ZigBee device profile.</param>
/// <param name="IsTrustCentre">Whether it is the trust centre.</param>
internal sealed record SurveyedNode(HanNode Node, bool IsTrustCentre)
{
    /// <summary>The attributes of its Basic cluster, by their names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Basic { get; init; } = [];

    /// <summary>The version of its software, attribute 4000 of Basic; empty when it does not tell.</summary>
    public string SoftwareBuild { get; init; } = string.Empty;

    /// <summary>What its Metering cluster measures: attribute 0306; null when it does not tell.</summary>
    public long? MeteringType { get; init; }

    /// <summary>Why something of it is not known; empty when all is.</summary>
    public string Problem { get; init; } = string.Empty;

    /// <summary>Whether an endpoint of it uses a cluster.</summary>
    public bool Uses(ushort cluster) => Node.Endpoints.Any(endpoint => endpoint.OutputClusters.Contains(cluster));
}
