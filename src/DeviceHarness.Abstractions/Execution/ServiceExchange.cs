using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>One Service Request with its answers.</summary>
/// <param name="RequestXml">The request as it was sent.</param>
/// <param name="Acknowledgement">The synchronous answer: I99 or a refusal.</param>
/// <param name="Response">The asynchronous answer; null when the acknowledgement refused, or when none is due.</param>
/// <param name="Outcome">What the device did; null when the request never reached one.</param>
/// <param name="Latency">Where the time went.</param>
/// <param name="Warnings">What was accepted with a doubt, such as an older schema version.</param>
public sealed record ServiceExchange(
    string RequestXml,
    ServiceAnswer Acknowledgement,
    ServiceAnswer? Response,
    DeviceOutcome? Outcome,
    LatencySplit Latency,
    IReadOnlyList<string> Warnings)
{
    /// <summary>The variants of the requests that the bench itself sent to the device before this one, to learn the state that it changes;
    /// empty when none were.</summary>
    public IReadOnlyList<string> ReadBefore { get; init; } = [];
}
