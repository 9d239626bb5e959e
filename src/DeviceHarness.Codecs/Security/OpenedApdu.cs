using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Security;

/// <summary>A protected APDU after all checks. Its octets point into the target that was given.</summary>
public readonly ref struct OpenedApdu
{
    /// <summary>The APDU in clear; never empty.</summary>
    public ReadOnlySpan<byte> Apdu { get; internal init; }

    /// <summary>The tag of the wrapper that it came in.</summary>
    public ApduTag Wrapper { get; internal init; }

    /// <summary>The wrapper's form: an answer may go in the same.</summary>
    public CipheringForm Form { get; internal init; }

    /// <summary>How it was protected.</summary>
    public SecurityControl Control { get; internal init; }

    /// <summary>The invocation counter.</summary>
    public uint Counter { get; internal init; }

    /// <summary>Who sent it.</summary>
    public SystemTitle Sender { get; internal init; }

    /// <summary>How many octets the wrapper had; what follows was left alone.</summary>
    public int ConsumedOctets { get; internal init; }
}
