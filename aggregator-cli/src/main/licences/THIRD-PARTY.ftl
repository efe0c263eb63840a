<#-- license-maven-plugin writes META-INF/THIRD-PARTY.txt after this: one paragraph a library, by its Maven coordinates. -->
What is in this program beside its own code, which is under the licence in META-INF/LICENSE. Where a licence asks for its text
or for a notice, these are in META-INF/licenses and META-INF/NOTICE.

<#list dependencyMap as entry>
<#assign library = entry.getKey()>
<#assign licences = entry.getValue()>
<#if library.groupId != "org.pocx">
${library.groupId}:${library.artifactId}:${library.version}
    <#if library.name?has_content && !library.name?contains("$")>${library.name}<#else>${library.artifactId}</#if>
    licence: ${licences?join(", ")}
    address: ${(library.url)!"none is given"}

</#if>
</#list>
What libraries brought in turn, and what is elsewhere:
sqlite-jdbc   SQLite itself, which is in the public domain; of David Crawshaw's driver: licenses/sqlite-jdbc-zentus.txt
postgresql    SCRAM, SASLprep and stringprep of OnGres: licenses/com.ongres.scram and licenses/com.ongres.stringprep
jackson-core  FastDoubleParser and what that is made of: licenses/FastDoubleParser.txt, licenses/FastDoubleParser-ThirdParty.txt
jackson-core  Schubfach: licenses/Schubfach.txt
uplot         its licence is beside its files: /org/pocx/aggregator/dashboard/uplot/LICENSE
