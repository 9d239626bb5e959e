namespace DeviceHarness.Duis.Bodies;

/// <summary>A request whose later date the device holds: it is sent at once, and takes effect when the device's clock says so.</summary>
public interface IDeviceDated : IFutureDatable
{
    /// <summary>The date that withdraws what the device holds for a later time, as in the cancellations that the DCC publishes.</summary>
    static readonly DateTimeOffset Withdrawal = new(3000, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether the request withdraws what the device holds.</summary>
    bool IsWithdrawal => ExecutionDateTime == Withdrawal;
}
