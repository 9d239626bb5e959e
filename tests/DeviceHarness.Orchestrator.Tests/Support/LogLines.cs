using System.Threading.Channels;
using DeviceHarness.TestKit;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Orchestrator.Tests.Support;

/// <summary>What the orchestrator writes to its log, for a test to wait for.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly Channel<(int Id, string Text)> _lines = Channel.CreateUnbounded<(int Id, string Text)>();

    /// <summary>Reads on until a line with that id comes.</summary>
    public async Task<string> ReadAsync(int id)
    {
        while (true)
        {
            (int Id, string Text) line = await _lines.Reader.ReadAsync().AsTask().DefaultTimeout();
            if (line.Id == id)
            {
                return line.Text;
            }
        }
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite((eventId.Id, formatter(state, exception)));
}
