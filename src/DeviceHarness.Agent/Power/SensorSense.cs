using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>A current and voltage sensor that sees a supply, asked again and again from when it is first looked at. Safe for use from any
/// thread.</summary>
/// <param name="point">Where it is.</param>
/// <param name="sensor">The sensor.</param>
/// <param name="open">Opens it.</param>
/// <param name="time">Real time.</param>
internal sealed class SensorSense(SupplyPoint point, RigSensor sensor, Func<RigSensor, II2cDevice> open, TimeProvider time) : IDisposable
{
    // What a busy Raspberry Pi may let a timer wait; an assumption, no bench was at hand to measure it.
    private static readonly TimeSpan UsualDelay = TimeSpan.FromSeconds(1);
    private static int _openings;

    private readonly Lock _gate = new();
    private Run? _run;

    /// <summary>How often it is asked.</summary>
    public TimeSpan Period => sensor.Period;

    /// <summary>What it saw since it was first looked at.</summary>
    /// <exception cref="TransportException">It is not there, is another, is beyond its range, or says nothing clear. What it saw is lost
    /// then: it begins anew with the next look.</exception>
    public SupplyReading Read()
    {
        lock (_gate)
        {
            try
            {
                _run ??= Begin();
                return _run.Fault is null ? _run.Tell() : throw _run.Fault;
            }
            catch (TransportException)
            {
                End();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            End();
        }
    }

    private Run Begin()
    {
        II2cDevice device = open(sensor);
        try
        {
            Run run = new(point, sensor, device, time, Interlocked.Increment(ref _openings));
            run.Start();
            return run;
        }
        catch (TransportException)
        {
            device.Dispose();
            throw;
        }
    }

    private void End()
    {
        _run?.Dispose();
        _run = null;
    }

    /// <summary>One run of the sensor: from its setting up to its first failure.</summary>
    private sealed class Run(SupplyPoint point, RigSensor sensor, II2cDevice device, TimeProvider time, int number) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly SupplySampler _sampler = new(
            sensor.OnAt, sensor.OffAt, sensor.Period + sensor.Kind.ConversionTime + UsualDelay);
        private readonly PowerMonitor _monitor = new(device, sensor.Kind, sensor.ShuntOhms, sensor.MaximumAmperes);
        private readonly long _start = time.GetTimestamp();
        private PowerSample _last;
        private ITimer? _timer;
        private bool _isOver;

        public TransportException? Fault { get; private set; }

        public void Start()
        {
            _monitor.Start();
            Look();
            _timer = time.CreateTimer(_ => LookAgain(), null, sensor.Period, sensor.Period);
        }

        public SupplyReading Tell()
        {
            lock (_gate)
            {
                string source = string.Create(CultureInfo.InvariantCulture, $"i2c {Environment.ProcessId} {number}");
                return new SupplyReading(source, _sampler.At, _sampler.IsPresent ?? throw Unclear(), _sampler.Edges)
                {
                    Blind = _sampler.LongestUsual > sensor.Period ? _sampler.LongestUsual : sensor.Period,
                    Gaps = _sampler.Gaps.Count > 0 ? _sampler.Gaps : null,
                    Measured = string.Create(CultureInfo.InvariantCulture, $"{_last.Volts:0.00} V, {_last.Amperes:0.0000} A"),
                };
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _isOver = true;
                _timer?.Dispose();
                device.Dispose();
            }
        }

        private void LookAgain()
        {
            lock (_gate)
            {
                if (_isOver || Fault is not null)
                {
                    return;
                }

                try
                {
                    Look();
                }
                catch (TransportException fault)
                {
                    // Told to whoever looks next: what is not seen proves nothing.
                    Fault = fault;
                }
            }
        }

        private void Look()
        {
            TimeSpan measured = time.GetElapsedTime(_start) - sensor.Kind.ConversionTime;
            _last = _monitor.Read();
            double value = sensor.Reads == SensedQuantity.Voltage ? _last.Volts : _last.Amperes;
            _sampler.Take(measured, time.GetElapsedTime(_start), value);
        }

        private TransportException Unclear() =>
            new(
                "SENSE-003", string.Create(
                    CultureInfo.InvariantCulture, $"the sensor {device.Name} at {point} shows {_last.Volts:0.00} V and "
                    + $"{_last.Amperes:0.0000} A, between 'off-at' {sensor.OffAt} and 'on-at' {sensor.OnAt}: whether the supply is there "
                    + $"cannot be told; see what it shows with the supply on and off, and set both apart from that"),
                point.ToString());
    }
}
