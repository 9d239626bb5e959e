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
    private const string Silent = "SENSE-004";

    // What a busy Raspberry Pi may let a timer wait; an assumption, no bench was at hand to measure it.
    private static readonly TimeSpan UsualDelay = TimeSpan.FromSeconds(1);
    private static int _openings;

    private readonly Lock _gate = new();
    private Task<Run>? _run;
    private bool _isClosed;

    /// <summary>How often it is asked.</summary>
    public TimeSpan Period => sensor.Period;

    /// <summary>What it saw since it was first looked at. No bus is waited for but at the first look, which sets it up.</summary>
    /// <param name="cancellationToken">Ends the wait for the first look.</param>
    /// <exception cref="TransportException">It is not there, is another, is beyond its range, or says nothing clear: what it saw is lost
    /// then, and begins anew with the next look. SENSE-004: it has been asked for long and is silent; what it saw is kept.</exception>
    public async Task<SupplyReading> ReadAsync(CancellationToken cancellationToken)
    {
        Task<Run> run;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            run = _run ??= Task.Run(Begin, CancellationToken.None);
        }

        try
        {
            return (await run.WaitAsync(cancellationToken).ConfigureAwait(false)).Tell();
        }
        catch (TransportException fault) when (fault.Code != Silent)
        {
            lock (_gate)
            {
                if (_run == run)
                {
                    End();
                }
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
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
        // One that is still being set up is closed when that is over; at once else.
        _ = _run?.ContinueWith(
            static run => (run.IsCompletedSuccessfully ? run.Result : null)?.Dispose(), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _run = null;
    }

    /// <summary>One run of the sensor: from its setting up to its first failure.</summary>
    /// <remarks>The bus is never read under the lock: whoever tells what was seen does not wait for it.</remarks>
    private sealed class Run(SupplyPoint point, RigSensor sensor, II2cDevice device, TimeProvider time, int number) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly SupplySampler _sampler = new(sensor.OnAt, sensor.OffAt, Usual(sensor));
        private readonly PowerMonitor _monitor = new(device, sensor.Kind, sensor.ShuntOhms, sensor.MaximumAmperes);
        private readonly long _start = time.GetTimestamp();
        private PowerSample _last;
        private TransportException? _fault;
        private TimeSpan? _askedAt;
        private ITimer? _timer;
        private bool _isOver;

        private TimeSpan Now => time.GetElapsedTime(_start);

        private static TimeSpan Usual(RigSensor sensor) => sensor.Period + sensor.Kind.ConversionTime + UsualDelay;

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
                TransportException? fault = _fault ?? (_askedAt is { } asked && Now - asked > Usual(sensor) ? Hanging(Now - asked) : null);
                string source = string.Create(CultureInfo.InvariantCulture, $"i2c {Environment.ProcessId} {number}");
                return fault is not null ? throw fault : new SupplyReading(
                    source, _sampler.At, _sampler.IsPresent ?? throw Unclear(), _sampler.Edges)
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
                CloseIfOver();
            }
        }

        private void LookAgain()
        {
            lock (_gate)
            {
                if (_isOver || _fault is not null || _askedAt is not null)
                {
                    // One question at a time: a bus that hangs gets no second one.
                    return;
                }

                _askedAt = Now;
            }

            TransportException? fault = null;
            try
            {
                Look();
            }
            catch (TransportException failed)
            {
                // Told to whoever looks next: what is not seen proves nothing.
                fault = failed;
            }
            finally
            {
                lock (_gate)
                {
                    _fault = fault;
                    _askedAt = null;
                    CloseIfOver();
                }
            }
        }

        private void Look()
        {
            TimeSpan measured = Now - sensor.Kind.ConversionTime;
            PowerSample sample = _monitor.Read();
            TimeSpan at = Now;
            lock (_gate)
            {
                _last = sample;
                _sampler.Take(measured, at, sensor.Reads == SensedQuantity.Voltage ? sample.Volts : sample.Amperes);
            }
        }

        /// <summary>Closes the device of a run that is over, but not while it is read: then the reader does.</summary>
        private void CloseIfOver()
        {
            if (_isOver && _askedAt is null)
            {
                device.Dispose();
            }
        }

        private TransportException Hanging(TimeSpan since) =>
            new(
                Silent, string.Create(
                    CultureInfo.InvariantCulture, $"the sensor {device.Name} at {point} has been asked for {since.TotalSeconds:0.0} s and "
                    + $"does not answer: what the supply does is not seen; look at the bus, its wires, its pull-ups and its length"),
                point.ToString());

        private TransportException Unclear() =>
            new(
                "SENSE-003", string.Create(
                    CultureInfo.InvariantCulture, $"the sensor {device.Name} at {point} shows {_last.Volts:0.00} V and "
                    + $"{_last.Amperes:0.0000} A, between 'off-at' {sensor.OffAt} and 'on-at' {sensor.OnAt}: whether the supply is there "
                    + $"cannot be told; see what it shows with the supply on and off, and set both apart from that"),
                point.ToString());
    }
}
