using DeviceHarness.Virtual.Gsme.Clusters;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>The application endpoint of a gas meter.</summary>
internal sealed class GasEndpoint : ZclEndpoint
{
    /// <summary>The endpoint of a meter.</summary>
    public GasEndpoint(GasMeterState state)
        : this(state, BasicOf(state), new TimeCluster(state), new MeteringCluster(state), new PrepaymentCluster(state),
            new MessagingCluster(state))
    {
    }

    private GasEndpoint(
        GasMeterState state, BasicCluster basic, TimeCluster time, MeteringCluster metering, PrepaymentCluster prepayment,
        MessagingCluster messaging)
        : base(
            [
                basic, time, metering, prepayment, messaging, new EventsCluster(state), new PriceCluster(state),
                new DeviceManagementCluster(state), new CalendarCluster(state),
            ],
            state.Settle)
    {
        (State, Basic, Time, Metering, Prepayment, Messaging) = (state, basic, time, metering, prepayment, messaging);
    }

    /// <summary>The clusters that it serves.</summary>
    public static IReadOnlyCollection<ushort> Served { get; } = [0x0000, 0x000A, 0x0700, 0x0702, 0x0705, 0x0707, 0x0709];

    /// <summary>The clusters that it uses.</summary>
    public static IReadOnlyCollection<ushort> Used { get; } = [0x000A, 0x0700, 0x0703, 0x0707, 0x0708];

    /// <summary>The meter.</summary>
    public GasMeterState State { get; }

    /// <summary>The Basic cluster.</summary>
    public BasicCluster Basic { get; }

    /// <summary>The Time cluster.</summary>
    public TimeCluster Time { get; }

    /// <summary>The Metering cluster.</summary>
    public MeteringCluster Metering { get; }

    /// <summary>The Prepayment cluster.</summary>
    public PrepaymentCluster Prepayment { get; }

    /// <summary>The Messaging cluster.</summary>
    public MessagingCluster Messaging { get; }

    private static BasicCluster BasicOf(GasMeterState state) => new(new HanIdentity(
        state.Model.Manufacturer, state.Model.ModelName, state.Model.HardwareVersion, () => state.FirmwareVersion, IsOnMains: false));
}
