using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Supply;

/// <summary>The supply as the meter's own engines move it: every opening has a cause, and only who opened it closes it again.</summary>
internal sealed class SupplyControl(SupplySwitch supply)
{
    /// <summary>Why it is off.</summary>
    public SupplyCause Cause { get; private set; }

    /// <summary>The present state.</summary>
    public SupplyState State => supply.State;

    /// <summary>Whether current can flow.</summary>
    public bool IsConnected => supply.IsConnected;

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(SupplyCause cause) => Cause = cause;

    /// <summary>A command moved the switch: the cause follows from where it is now.</summary>
    public void Commanded() => Cause = supply.State == SupplyState.Disconnected ? SupplyCause.Command : SupplyCause.None;

    /// <summary>Opens the switch, whatever it was.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="isArmed">Whether the consumer may close it again.</param>
    public void Open(SupplyCause cause, bool isArmed = false)
    {
        supply.MoveLocally(isArmed ? SupplyState.ReadyForReconnection : SupplyState.Disconnected);
        Cause = cause;
    }

    /// <summary>Arms the supply if it is disconnected for this cause.</summary>
    /// <returns>Whether it was.</returns>
    public bool ArmIfOffFor(SupplyCause cause)
    {
        if (supply.State != SupplyState.Disconnected || Cause != cause)
        {
            return false;
        }

        supply.MoveLocally(SupplyState.ReadyForReconnection);
        return true;
    }

    /// <summary>Connects the supply if it is off, armed or not, for this cause.</summary>
    /// <returns>Whether it was.</returns>
    public bool ConnectIfOffFor(SupplyCause cause)
    {
        if (supply.IsConnected || Cause != cause)
        {
            return false;
        }

        supply.MoveLocally(SupplyState.Connected);
        Cause = SupplyCause.None;
        return true;
    }
}
