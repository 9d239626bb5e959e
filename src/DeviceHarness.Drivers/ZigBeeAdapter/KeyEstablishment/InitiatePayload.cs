using System.Buffers.Binary;
using DeviceHarness.Codecs.Security.Cbke;

namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>The payload of Initiate, request and response.</summary>
/// <param name="Suite">The suite that is asked for, or taken.</param>
/// <param name="EphemeralSeconds">How long the sender needs to make its ephemeral key, in seconds.</param>
/// <param name="ConfirmSeconds">How long the sender needs to make its MAC, in seconds.</param>
/// <param name="Certificate">The sender's certificate, as it is sent.</param>
internal readonly record struct InitiatePayload(
    EstablishmentSuites Suite, byte EphemeralSeconds, byte ConfirmSeconds, ReadOnlyMemory<byte> Certificate)
{
    private const int FixedOctets = 4;

    public static bool TryRead(ReadOnlyMemory<byte> octets, out InitiatePayload payload)
    {
        payload = default;
        if (octets.Length <= FixedOctets)
        {
            return false;
        }

        ReadOnlySpan<byte> span = octets.Span;
        EstablishmentSuites suite = (EstablishmentSuites)BinaryPrimitives.ReadUInt16LittleEndian(span);
        payload = new(suite, span[2], span[3], octets[FixedOctets..]);
        return true;
    }

    public byte[] ToOctets()
    {
        byte[] octets = new byte[FixedOctets + Certificate.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(octets, (ushort)Suite);
        octets[2] = EphemeralSeconds;
        octets[3] = ConfirmSeconds;
        Certificate.CopyTo(octets.AsMemory(FixedOctets));
        return octets;
    }
}

/// <summary>The payload of Terminate.</summary>
/// <param name="Status">Why.</param>
/// <param name="WaitSeconds">When to try again, in seconds.</param>
/// <param name="Suites">The suites that the sender has.</param>
internal readonly record struct TerminatePayload(TerminateStatus Status, byte WaitSeconds, EstablishmentSuites Suites)
{
    private const int Octets = 4;

    public static bool TryRead(ReadOnlySpan<byte> octets, out TerminatePayload payload)
    {
        bool isWhole = octets.Length == Octets;
        payload = isWhole
            ? new((TerminateStatus)octets[0], octets[1], (EstablishmentSuites)BinaryPrimitives.ReadUInt16LittleEndian(octets[2..]))
            : default;
        return isWhole;
    }

    public byte[] ToOctets() => [(byte)Status, WaitSeconds, (byte)Suites, (byte)((ushort)Suites >> 8)];
}
