namespace DeviceHarness.Virtual.Gsme;

/// <summary>What a change of tenancy or supplier does to a gas meter, by its control bits.</summary>
/// <remarks>Source: Device Management control bits, as this harness's ZigBee guide 8.8 lists them: 0 and 1 snapshots before and after,
/// 2 credit, 3 debit, 11 and 12 supply state, 13 and 14 top-up log. Only
/// 01 in the supply state moves the valve: a 00 stands in each message that does not mean it. The other bits concern what the meter does
/// not hold.</remarks>
internal static class GasTenancy
{
    private const uint SnapshotBefore = 0x0000_0001;
    private const uint SnapshotAfter = 0x0000_0002;
    private const uint ResetCredit = 0x0000_0004;
    private const uint ResetDebit = 0x0000_0008;
    private const uint ClearTopUps = 0x0000_6000;
    private const uint SupplyMask = 0x0000_1800;
    private const uint SupplyArmed = 0x0000_0800;

    /// <summary>Does it.</summary>
    /// <param name="state">The meter.</param>
    /// <param name="control">The control bits.</param>
    /// <param name="cause">The cause of its snapshots.</param>
    public static void Apply(GasMeterState state, uint control, uint cause)
    {
        SnapshotIf(SnapshotBefore);
        if ((control & ResetCredit) != 0)
        {
            state.Account.TrySetBalance(0);
        }

        if ((control & ResetDebit) != 0)
        {
            state.Account.AccumulatedDebt = 0;
            state.Account.PaymentDebt = 0;
            Array.Fill(state.Account.TimeDebts, Prepayment.TimeDebt.None);
        }

        if ((control & ClearTopUps) != 0)
        {
            state.Settings.TopUps.Clear();
        }

        if ((control & SupplyMask) == SupplyArmed)
        {
            state.TryMoveValve(Esme.SupplyState.ReadyForReconnection);
        }

        SnapshotIf(SnapshotAfter);

        void SnapshotIf(uint bit)
        {
            if ((control & bit) != 0)
            {
                state.TakeSnapshot(cause);
            }
        }
    }
}
