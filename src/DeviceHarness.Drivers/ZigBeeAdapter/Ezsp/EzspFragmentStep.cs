using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>What becomes of a fragment.</summary>
/// <param name="Fault">Why it was not taken; null when it was.</param>
/// <param name="IsAcknowledged">Whether its sender is told that it came.</param>
/// <param name="EndsMessage">Whether what came of its message is forgotten.</param>
/// <param name="Whole">The message, when this was the last of its fragments; null otherwise.</param>
public readonly record struct EzspFragmentStep(
    ZigBeeFragmentFault? Fault, bool IsAcknowledged = false, bool EndsMessage = false, IncomingMessage? Whole = null);
