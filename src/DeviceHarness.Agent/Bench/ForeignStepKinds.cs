using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Bench;

/// <summary>The kinds of steps from the assemblies that a rig file names. All are made when the rig is taken into use, so that a wrong
/// assembly is told then.</summary>
internal sealed class ForeignStepKinds
{
    private const string Key = "step-kinds";

    private readonly Dictionary<string, IStepKind> _kinds = new(StringComparer.Ordinal);

    /// <summary>Loads the assemblies.</summary>
    /// <exception cref="ConfigurationException">RIG-009: an assembly cannot be loaded or has no such class, or a name comes
    /// twice.</exception>
    public ForeignStepKinds(IEnumerable<ForeignDriver> assemblies)
    {
        foreach (ForeignDriver assembly in assemblies)
        {
            IReadOnlyList<Type> classes = ForeignAssembly.ClassesOf<IStepKind>(assembly, Key);
            Type[] wanted = [.. classes.Where(type => assembly.TypeName.Length == 0 || type.FullName == assembly.TypeName)];
            if (wanted.Length == 0)
            {
                throw ForeignAssembly.Wrong(
                    assembly, Key, classes.Count == 0 ? "no kind of step" : string.Join(", ", classes.Select(type => type.FullName)),
                    assembly.TypeName.Length == 0 ? "a public class that is a kind of step" : assembly.TypeName);
            }

            foreach (IStepKind kind in wanted.Select(type => ForeignAssembly.Make<IStepKind>(assembly, type, Key)))
            {
                if (!_kinds.TryAdd(kind.Name, kind))
                {
                    throw ForeignAssembly.Wrong(assembly, Key, $"the kind '{kind.Name}' a second time", "a name of its own for each");
                }
            }
        }
    }

    /// <summary>Finds a kind.</summary>
    public IStepKind? Find(string name) => _kinds.GetValueOrDefault(name);
}
