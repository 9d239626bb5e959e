namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>How a message is cut into fragments over EZSP.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up: the host cuts and puts together; the group of the
/// addressing has the number of the fragment, and above it how many there are; the window is 1. Not in the guide and from general
/// knowledge: the octets that the two headers take, that all fragments of a message have one APS counter, which the adapter gives to the
/// first, and that an acknowledgement has the fragments that came as bits above the number, all bits beyond the window set.</remarks>
internal static class EzspFragments
{
    /// <summary>Fragments under way at once.</summary>
    internal const ushort Window = 1;

    /// <summary>The most octets of a message that is cut or put together.</summary>
    internal const int MaximumOctets = 2048;

    /// <summary>What encryption with the link key takes from a message: auxiliary header and integrity code.</summary>
    internal const int EncryptionOctets = 9;

    private const int HeaderOctets = 2;
    private const int CountShift = 8;
    private const ushort AllCame = 0xFF00;

    /// <summary>How many octets go into one message.</summary>
    internal static int Room(int maximumOctets, bool isEncrypted) => maximumOctets - (isEncrypted ? EncryptionOctets : 0);

    /// <summary>The fragments of a message for which there is no room in one.</summary>
    /// <param name="message">The message.</param>
    /// <param name="room">What goes into one message, more than the header of a fragment.</param>
    /// <returns>Empty when there would be more than a number of one octet can count.</returns>
    internal static IReadOnlyList<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> message, int room)
    {
        int octets = room - HeaderOctets;
        if (octets <= 0 || message.Length > MaximumOctets || message.Length > octets * byte.MaxValue)
        {
            return [];
        }

        List<ReadOnlyMemory<byte>> fragments = [];
        for (int start = 0; start < message.Length; start += octets)
        {
            fragments.Add(message.Slice(start, Math.Min(octets, message.Length - start)));
        }

        return fragments;
    }

    /// <summary>The group of a fragment that is sent.</summary>
    internal static ushort GroupOf(int number, int count) => (ushort)((count << CountShift) | number);

    /// <summary>The number of a fragment that came.</summary>
    internal static byte NumberOf(ushort group) => (byte)group;

    /// <summary>How many fragments a message has, as its first fragment says.</summary>
    internal static byte CountOf(ushort group) => (byte)(group >> CountShift);

    /// <summary>The group of the acknowledgement of a fragment.</summary>
    internal static ushort AcknowledgementOf(ushort group) => (ushort)(AllCame | NumberOf(group));
}
