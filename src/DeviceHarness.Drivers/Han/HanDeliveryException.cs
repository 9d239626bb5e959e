using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Drivers.Han;

/// <summary>A message did not reach a device, as far as is known: nothing was learnt of the device.</summary>
public sealed class HanDeliveryException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code, such as <c>HAN-010</c>.</param>
    /// <param name="fault">Why.</param>
    /// <param name="message">What was sent to which device, what happened, what to try.</param>
    public HanDeliveryException(string code, HanDeliveryFault fault, string message)
        : base(code, message, isTransient: true)
    {
        Fault = fault;
    }

    /// <summary>Why.</summary>
    public HanDeliveryFault Fault { get; }
}
