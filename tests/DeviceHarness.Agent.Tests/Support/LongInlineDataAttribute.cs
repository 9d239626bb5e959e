using System.Reflection;
using DeviceHarness.TestKit;
using Xunit.Sdk;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>A row that is only there with the large counts. Beside rows of the suite: one at least of each mechanism.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class LongInlineDataAttribute(params object?[] row) : DataAttribute
{
    /// <inheritdoc/>
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => TestSize.IsLong ? [row] : [];
}
