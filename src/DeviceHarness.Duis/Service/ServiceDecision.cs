using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Duis.Service;

/// <summary>What the service decided about a request.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Acknowledgement">The synchronous answer: I99 or a refusal; null when <paramref name="NotServed"/> says why there is
/// none.</param>
/// <param name="Command">What is to be done on a device; null when nothing is.</param>
/// <param name="Failure">Why the request was refused; null when it was not.</param>
/// <param name="NotServed">Why this harness cannot serve a request that passed every check; null when it can. Not an answer of the
/// service.</param>
/// <param name="Warnings">What was accepted with a doubt.</param>
public sealed record ServiceDecision(
    RequestId RequestId,
    ServiceAnswer? Acknowledgement,
    DeviceCommand? Command,
    CheckFailure? Failure,
    string? NotServed,
    IReadOnlyList<string> Warnings)
{
    /// <summary>The response that the service gives by itself, without asking a device; null when there is none yet.</summary>
    public ServiceAnswer? Response { get; init; }

    /// <summary>When the service sends the request, which it holds until then; null when it does not hold it.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Whether it was quarantined.</summary>
    public bool IsQuarantined { get; init; }

    /// <summary>Whether it was accepted, and its device is asked later or never.</summary>
    public bool IsSentLater => HeldUntil is not null || IsQuarantined;
}

/// <summary>What the service asks of a device.</summary>
/// <param name="RequestId">The request that is to be completed.</param>
/// <param name="Device">The device, as the inventory had it.</param>
/// <param name="Body">What is to be done.</param>
public sealed record DeviceCommand(RequestId RequestId, InventoryDevice Device, SrvRequestBody Body);
