using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;

namespace DeviceHarness.Rpc.Reflection;

/// <summary>What the mapped services are and where they and their messages are described.</summary>
internal sealed class ReflectionIndex
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, FileDescriptor>> _extensions = new(StringComparer.Ordinal);

    /// <summary>Reads what is mapped so far.</summary>
    public ReflectionIndex(EndpointDataSource endpoints)
    {
        GrpcMethodMetadata[] methods =
        [
            .. endpoints.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()).OfType<GrpcMethodMetadata>(),
        ];
        Services = new SortedSet<string>(methods.Select(method => method.Method.ServiceName), StringComparer.Ordinal);
        foreach (Type service in methods.Select(method => method.ServiceType).Distinct())
        {
            if (FindDescriptor(service) is { } descriptor)
            {
                AddFile(descriptor.File);
            }
        }
    }

    /// <summary>The full names of the mapped services, in order.</summary>
    public IReadOnlyCollection<string> Services { get; }

    /// <summary>A file with all that it imports, itself first; null when it is not known.</summary>
    public IReadOnlyList<FileDescriptor>? FileByName(string name) => WithImports(_files.GetValueOrDefault(name));

    /// <summary>The file that describes a service, method, message, enumeration or extension, with all that it imports.</summary>
    public IReadOnlyList<FileDescriptor>? FileOfSymbol(string fullName) => WithImports(_symbols.GetValueOrDefault(fullName));

    /// <summary>The file that describes an extension, with all that it imports.</summary>
    public IReadOnlyList<FileDescriptor>? FileOfExtension(string extendedType, int number) =>
        WithImports(_extensions.GetValueOrDefault(extendedType)?.GetValueOrDefault(number));

    /// <summary>The numbers of the extensions of a message; null when the message is not known.</summary>
    public IReadOnlyCollection<int>? ExtensionNumbers(string type) =>
        _extensions.TryGetValue(type, out SortedDictionary<int, FileDescriptor>? known) ? known.Keys
        : _symbols.ContainsKey(type) ? []
        : null;

    private static ServiceDescriptor? FindDescriptor(Type service)
    {
        for (Type? type = service; type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } attribute)
            {
                return attribute.BindType.GetProperty("Descriptor", BindingFlags.Static | BindingFlags.Public)?.GetValue(null)
                    as ServiceDescriptor;
            }
        }

        return null;
    }

    private static List<FileDescriptor>? WithImports(FileDescriptor? file)
    {
        if (file is null)
        {
            return null;
        }

        List<FileDescriptor> all = [file];
        for (int next = 0; next < all.Count; next++)
        {
            all.AddRange(all[next].Dependencies.Where(import => !all.Contains(import)));
        }

        return all;
    }

    private void AddFile(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (FileDescriptor import in file.Dependencies)
        {
            AddFile(import);
        }

        foreach (ServiceDescriptor service in file.Services)
        {
            _symbols[service.FullName] = file;
            AddAll(service.Methods, file);
        }

        AddAll(file.EnumTypes, file);
        AddExtensions(file.Extensions.UnorderedExtensions, file);
        foreach (MessageDescriptor message in file.MessageTypes)
        {
            AddMessage(message, file);
        }
    }

    private void AddMessage(MessageDescriptor message, FileDescriptor file)
    {
        _symbols[message.FullName] = file;
        AddAll(message.EnumTypes, file);
        AddAll(message.Fields.InDeclarationOrder(), file);
        AddExtensions(message.Extensions.UnorderedExtensions, file);
        foreach (MessageDescriptor nested in message.NestedTypes)
        {
            AddMessage(nested, file);
        }
    }

    private void AddExtensions(IEnumerable<FieldDescriptor> extensions, FileDescriptor file)
    {
        foreach (FieldDescriptor extension in extensions)
        {
            _symbols[extension.FullName] = file;
            string extended = extension.ExtendeeType.FullName;
            if (!_extensions.TryGetValue(extended, out SortedDictionary<int, FileDescriptor>? known))
            {
                _extensions.Add(extended, known = []);
            }

            known[extension.FieldNumber] = file;
        }
    }

    private void AddAll(IEnumerable<IDescriptor> descriptors, FileDescriptor file)
    {
        foreach (IDescriptor descriptor in descriptors)
        {
            _symbols[descriptor.FullName] = file;
        }
    }
}
