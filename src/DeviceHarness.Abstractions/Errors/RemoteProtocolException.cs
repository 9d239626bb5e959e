namespace DeviceHarness.Abstractions.Errors;

/// <summary>The device broke the protocol.</summary>
public sealed class RemoteProtocolException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="message">What was expected and what came.</param>
    /// <param name="octets">The octets that broke the protocol; secured APDUs stay ciphered.</param>
    /// <param name="fault">What the codec found, when a codec found it.</param>
    public RemoteProtocolException(string code, string message, ReadOnlyMemory<byte> octets, Codecs.CodecFault fault = default)
        : base(code, message, isTransient: true)
    {
        Octets = octets;
        Fault = fault;
    }

    /// <summary>The octets that broke the protocol.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>What the codec found; its kind is <c>None</c> when no codec was involved.</summary>
    public Codecs.CodecFault Fault { get; }
}
