namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>Who of the two began.</summary>
public enum EstablishmentRole
{
    /// <summary>Sends the first message: as a rule the device that joins. Its messages go from client to server.</summary>
    Initiator = 0,

    /// <summary>Answers: as a rule the trust centre. Its messages go from server to client.</summary>
    Responder,
}

/// <summary>The commands of the Key Establishment cluster; request and response have the same number.</summary>
public enum EstablishmentCommand : byte
{
    /// <summary>Suite, times and certificate.</summary>
    Initiate = 0x00,

    /// <summary>The ephemeral public key.</summary>
    Ephemeral = 0x01,

    /// <summary>The MAC that proves that the sender has the keys.</summary>
    Confirm = 0x02,

    /// <summary>The end, and why.</summary>
    Terminate = 0x03,
}

/// <summary>One message of the Key Establishment cluster, without its ZCL header.</summary>
/// <param name="Command">The command.</param>
/// <param name="Sender">Who sent it: says the direction bit of the ZCL header.</param>
/// <param name="Payload">What follows the header.</param>
public readonly record struct EstablishmentMessage(
    EstablishmentCommand Command, EstablishmentRole Sender, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The cluster.</summary>
    public const ushort Cluster = 0x0800;
}
