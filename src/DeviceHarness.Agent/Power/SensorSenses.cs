using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Transports.I2c;

namespace DeviceHarness.Agent.Power;

/// <summary>Current and voltage sensors that see supplies. No change of theirs is stamped as it happens: each is as uncertain as the time
/// between two looks, and says so.</summary>
internal sealed class SensorSenses : ISupplySense, IDisposable
{
    private readonly Dictionary<SupplyPoint, SensorSense> _sensors;
    private readonly TimeProvider _time;

    /// <summary>Opens no sensor before it is first looked at.</summary>
    /// <param name="inputs">The inputs that are sensors.</param>
    /// <param name="time">Real time.</param>
    /// <param name="open">Opens one; null for those of this machine.</param>
    public SensorSenses(IEnumerable<RigInput> inputs, TimeProvider time, Func<RigSensor, II2cDevice>? open = null)
    {
        _time = time;
        _sensors = inputs.ToDictionary(
            input => input.Point,
            input => new SensorSense(input.Point, input.Sensor!, open ?? (sensor => I2cDevice.Open(sensor.Bus, sensor.Address)), time));
    }

    /// <inheritdoc/>
    public bool Has(SupplyPoint point) => _sensors.ContainsKey(point);

    /// <inheritdoc/>
    public Task<SupplyReading> ReadAsync(SupplyPoint point, CancellationToken cancellationToken) =>
        _sensors[point].ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public Task WaitAsync(SupplyPoint point, long sequence, TimeSpan atMost, CancellationToken cancellationToken)
    {
        TimeSpan period = _sensors[point].Period;
        return Task.Delay(atMost < period ? atMost : period, _time, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SensorSense sensor in _sensors.Values)
        {
            sensor.Dispose();
        }
    }
}
