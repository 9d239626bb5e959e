namespace DeviceHarness.Abstractions.Errors;

/// <summary>The ZigBee adapter of the bench does not do its work. It is the bench's fault, never the device's.</summary>
public sealed class AdapterException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault, such as <c>ASH-010</c>.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="message">What was being done with which adapter, what happened, and what a person does about it.</param>
    /// <param name="adapterCode">The adapter's own code: of a reset, an error or a status; null when it gave none.</param>
    public AdapterException(string code, AdapterFault fault, string message, long? adapterCode = null)
        : base(code, message, isTransient: fault is not (AdapterFault.Bootloader or AdapterFault.WrongFirmware or AdapterFault.Refused))
    {
        Fault = fault;
        AdapterCode = adapterCode;
    }

    /// <summary>What is wrong.</summary>
    public AdapterFault Fault { get; }

    /// <summary>The adapter's own code: of a reset, an error or a status; null when it gave none.</summary>
    public long? AdapterCode { get; }
}
