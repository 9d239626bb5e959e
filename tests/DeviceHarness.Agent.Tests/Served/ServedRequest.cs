using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Agent.Tests.Served;

/// <summary>One service request that the driver of an electricity meter serves, and what is to come of it.</summary>
/// <param name="Make">Makes the request; the number tells one top-up or image from the next.</param>
internal sealed record ServedRequest(Func<ServedBench, int, SrvRequestBody> Make)
{
    /// <summary>Whom the meter refuses it.</summary>
    public RefusedTo Refused { get; init; } = RefusedTo.AnotherClient;

    /// <summary>The code of that refusal, a data-access-result or an action-result.</summary>
    public int Code { get; init; } = 3;

    /// <summary>How the very same request ends once it was carried out.</summary>
    public DeviceOutcomeKind Repeated { get; init; } = DeviceOutcomeKind.Done;

    /// <summary>Whether it changes the meter: then a lost answer leaves it open whether it did.</summary>
    public bool Changes { get; init; }

    /// <summary>What has to be there first; null for nothing.</summary>
    public Func<ServedBench, int, Task>? Before { get; init; }
}

/// <summary>What makes a meter refuse a request in a legal way.</summary>
internal enum RefusedTo
{
    /// <summary>A client that may read identity and clock and change nothing.</summary>
    AnotherClient,

    /// <summary>Whoever asks for an object that the meter lacks.</summary>
    WhoAsksForAnother,

    /// <summary>Anybody, as long as no image was delivered.</summary>
    WhoBroughtNoImage,
}
