namespace DeviceHarness.Virtual.Esme;

/// <summary>The supply switch: state, control mode and the moves between the states.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 70, as the domain guide gives it. In mode 0 nothing moves; remote reconnection leads to
/// <see cref="SupplyState.ReadyForReconnection"/> in modes 1, 3, 5 and 6 and straight to <see cref="SupplyState.Connected"/> in modes 2
/// and 4.</remarks>
public sealed class SupplySwitch
{
    /// <summary>The highest control mode.</summary>
    public const int MaximumControlMode = 6;

    /// <summary>Creates the switch.</summary>
    /// <param name="state">The state at the start.</param>
    /// <param name="controlMode">The control mode, 0 to 6.</param>
    public SupplySwitch(SupplyState state, int controlMode)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(controlMode);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(controlMode, MaximumControlMode);
        State = state;
        ControlMode = controlMode;
    }

    /// <summary>The present state.</summary>
    public SupplyState State { get; private set; }

    /// <summary>The control mode, 0 to 6.</summary>
    public int ControlMode { get; }

    /// <summary>Whether current can flow.</summary>
    public bool IsConnected => State == SupplyState.Connected;

    /// <summary>Remote disconnection.</summary>
    /// <returns>Whether the control mode allows it.</returns>
    public bool TryRemoteDisconnect() => TryMove(SupplyState.Disconnected);

    /// <summary>Remote reconnection; connected stays connected.</summary>
    /// <returns>Whether the control mode allows it.</returns>
    public bool TryRemoteReconnect() => TryMove(
        State == SupplyState.Connected || ControlMode is 2 or 4 ? SupplyState.Connected : SupplyState.ReadyForReconnection);

    /// <summary>The script that enables the supply: connected, whatever it was.</summary>
    /// <returns>Whether the control mode allows it.</returns>
    public bool TryEnable() => TryMove(SupplyState.Connected);

    /// <summary>The script that arms the supply; a connected supply stays connected.</summary>
    /// <returns>Whether the control mode allows it.</returns>
    public bool TryArm() => TryMove(State == SupplyState.Connected ? SupplyState.Connected : SupplyState.ReadyForReconnection);

    /// <summary>The consumer's hand on the meter's button.</summary>
    /// <returns>Whether the supply was armed, and so is connected now.</returns>
    public bool TryManualReconnect() => State == SupplyState.ReadyForReconnection && TryMove(SupplyState.Connected);

    /// <summary>The meter itself moves the switch, for lack of credit or too much load; the control mode is for the others.</summary>
    /// <param name="target">Where it goes.</param>
    internal void MoveLocally(SupplyState target) => State = target;

    private bool TryMove(SupplyState target)
    {
        if (ControlMode == 0)
        {
            return false;
        }

        State = target;
        return true;
    }
}
